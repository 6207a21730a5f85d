"""How readers are heard: who speaks, with which form, how often, and what nobody may send."""
