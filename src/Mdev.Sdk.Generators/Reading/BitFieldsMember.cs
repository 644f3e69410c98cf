namespace Mdev.Sdk.Generators.Reading;

/// <summary>What makes a struct of bit fields a complete value, and what its author may write instead.</summary>
internal static class BitFieldsMember
{
    public const string Text = "ToString";
    public const string EqualsObject = "Equals(object)";
    public const string EqualsSame = "Equals";
    public const string Hash = "GetHashCode";
    public const string Operators = "==";

    /// <summary>The nested class of the fields' masks.</summary>
    public const string Masks = nameof(Masks);

    /// <summary>The nested class of the fields' lowest bits.</summary>
    public const string Shifts = nameof(Shifts);

    public static readonly string[] Constants = [Masks, Shifts];

    public static readonly string[] All = [Text, EqualsObject, EqualsSame, Hash, Operators];
}
