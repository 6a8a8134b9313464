"""Who the states are: codes with their years, names, demonyms, capitals, offices, blocs and organisations."""
