"""The sample province: fictional people and petitions on real structures."""
