namespace Mdev.Sdk.Generators.Tests.Export;

/// <summary>Offers the card.</summary>
[MdevParent("card")]
public sealed partial class ExportedParent : MdevParent<ExportedCard, int>
{
    [MdevType("1", "Card of \"everything\" */")] public static int Only => 0;
}
