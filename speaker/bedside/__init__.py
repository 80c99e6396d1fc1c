"""The speaker's body for a bedroom: a microphone that is open in the hold, and a loudspeaker. Nothing leaves the room."""
