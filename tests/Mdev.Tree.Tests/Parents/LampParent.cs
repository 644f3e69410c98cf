namespace Mdev.Tree.Tests.Parents;

/// <summary>Lamps, of which there are two.</summary>
[MdevParent("lamp", MaxInstances = 2)]
public sealed partial class LampParent : MdevParent<Lamp, int>
{
    [MdevType("desk", "Desk lamp", Description = "a lamp with attributes")] public static int Desk => 0;
}
