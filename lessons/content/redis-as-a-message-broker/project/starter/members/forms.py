"""What a new member types in."""

from django import forms

from members.models import Member


class SignUpForm(forms.ModelForm):
    """Name and address."""

    class Meta:
        model = Member
        fields = ["name", "email"]
