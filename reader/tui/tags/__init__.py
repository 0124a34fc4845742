"""The tags: how often each is used, what stands beside it, and changing one everywhere."""
