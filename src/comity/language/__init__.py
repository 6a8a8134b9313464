"""What a text says, short of events: sentences, dates, durations, ordinals, quantities and mentions."""
