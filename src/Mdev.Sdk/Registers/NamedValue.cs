namespace Mdev.Sdk.Registers;

/// <summary>A value of a register or field that has a name: a member of its enum.</summary>
/// <param name="Name">The member.</param>
/// <param name="Value">As the field shows it, not shifted.</param>
/// <param name="Description">The author's summary; empty without one.</param>
public sealed record NamedValue(string Name, ulong Value, string Description = "");
