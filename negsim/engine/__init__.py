"""From a scenario to talks: arrays, rules, the two engines, and the record of what they played."""
