namespace Mdev.Sdk.Pci;

/// <summary>Lanes of a PCI Express link. Source: PCI Express Base 5.0, section 7.5.3.6.</summary>
public enum LinkWidth
{
    /// <summary>One lane.</summary>
    X1 = 1,

    /// <summary>Two lanes.</summary>
    X2 = 2,

    /// <summary>Four lanes.</summary>
    X4 = 4,

    /// <summary>Eight lanes.</summary>
    X8 = 8,

    /// <summary>Sixteen lanes.</summary>
    X16 = 16,
}
