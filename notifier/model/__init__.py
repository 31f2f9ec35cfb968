"""The frozen vocabulary: every type that crosses from one room to another."""
