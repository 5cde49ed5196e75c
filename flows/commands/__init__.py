"""The commands of `wirehouse`, by what they are for."""
