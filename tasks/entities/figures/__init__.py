"""Figures of an article: sums of money, percentages, tickers and dates, in English and Arabic."""
