"""Names and figures in articles: recognition, linking and normalisation."""
