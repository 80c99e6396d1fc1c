"""The speaker's body for a bedroom: a microphone, open in the hold too, and a loudspeaker. Nothing leaves the room."""
