"""Working days of Viet Nam: weekends, holidays, Saturdays worked in exchange."""
