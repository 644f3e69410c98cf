namespace Mdev.Sdk.Pci;

/// <summary>Speed of a PCI Express link, a lane and direction. Source: PCI Express Base 5.0, section 7.5.3.6.</summary>
public enum LinkSpeed
{
    /// <summary>2.5 GT/s.</summary>
    Gen1 = 1,

    /// <summary>5 GT/s.</summary>
    Gen2 = 2,

    /// <summary>8 GT/s.</summary>
    Gen3 = 3,

    /// <summary>16 GT/s.</summary>
    Gen4 = 4,

    /// <summary>32 GT/s.</summary>
    Gen5 = 5,

    /// <summary>64 GT/s.</summary>
    Gen6 = 6,
}
