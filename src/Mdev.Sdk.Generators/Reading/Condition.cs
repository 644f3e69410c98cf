namespace Mdev.Sdk.Generators.Reading;

/// <summary>A <c>When</c> or <c>Unless</c> of a register.</summary>
/// <param name="Member">The bool member's name.</param>
/// <param name="Expression">How to read it: a method is called.</param>
/// <param name="Wanted">What it must be for the register to be there.</param>
internal sealed record Condition(string Member, string Expression, bool Wanted);
