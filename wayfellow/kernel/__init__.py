"""What every package stands on: ids, the clock, refusals, events, versions. No models; imports nothing of ours."""
