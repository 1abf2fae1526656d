"""Pages for those who host the course: who may see them, and what they show."""
