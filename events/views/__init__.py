"""The pages of events: public ones, and the studio for brand staff."""
