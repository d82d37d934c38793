"""What a user sees: Streamlit screens, their French wording and their style sheets."""
