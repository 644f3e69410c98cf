namespace Mdev.Sdk.Generators.Reading;

/// <summary>What makes a struct of bit fields a complete value, and what its author may write instead.</summary>
internal static class BitFieldsMember
{
    public const string Text = "ToString";
    public const string EqualsObject = "Equals(object)";
    public const string EqualsSame = "Equals";
    public const string Hash = "GetHashCode";
    public const string Operators = "==";

    public static readonly string[] All = [Text, EqualsObject, EqualsSame, Hash, Operators];
}
