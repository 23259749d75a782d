"""From bytes to blocks, sentences and landmarks: what stands where, before it means anything."""
