namespace Mdev.Sdk.Generators.Reading;

/// <summary>A <c>When</c> or <c>Unless</c> of a register.</summary>
/// <param name="Member">The member's name.</param>
/// <param name="Expression">How to ask it: a method is called, a bank is compared.</param>
/// <param name="Wanted">What it must be for the register to be there.</param>
/// <param name="Is">The value that the member is compared with; null for a bool one.</param>
internal sealed record Condition(string Member, string Expression, bool Wanted, string? Is)
{
    /// <summary>What one question has as its local's name.</summary>
    public string Question => Is is null ? Member : $"{Member}Is{string.Concat(Is.Where(char.IsLetterOrDigit))}";

    public bool Excludes(Condition other) =>
        Member == other.Member
        && (Is == other.Is ? Wanted != other.Wanted : Wanted && other.Wanted && Is is not null && other.Is is not null);
}
