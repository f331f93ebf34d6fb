"""Files of pictures: their kind, what their header says, and their pixels without anything else."""
