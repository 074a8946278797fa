"""Pages for the phone of somebody who is not at the counter: sign, or send one material. Plain HTML, no build step,
nothing from elsewhere; all they know is the token in their address."""
