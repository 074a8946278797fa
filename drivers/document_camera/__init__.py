"""The camera over the desk: pages found, straightened, judged and packed."""
