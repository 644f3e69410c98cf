namespace Mdev.Sdk.Generators;

/// <summary>Names of the pipeline's steps, by which tests ask why one ran.</summary>
public static class StepNames
{
    /// <summary>Models of <c>[RegisterBlock]</c> classes.</summary>
    public const string RegisterBlocks = nameof(RegisterBlocks);

    /// <summary>Models of <c>[BitFields]</c> structs.</summary>
    public const string BitFields = nameof(BitFields);

    /// <summary>Models of <c>[PciDevice]</c> classes.</summary>
    public const string PciDevices = nameof(PciDevices);

    /// <summary>Models of <c>[VfioDevice]</c> classes.</summary>
    public const string VfioDevices = nameof(VfioDevices);

    /// <summary>Models of <c>[MdevParent]</c> classes.</summary>
    public const string MdevParents = nameof(MdevParents);

    /// <summary>Models of classes whose members have <c>[MdevAttribute]</c>.</summary>
    public const string MdevAttributes = nameof(MdevAttributes);

    /// <summary>Models of <c>[CharDevice]</c> classes.</summary>
    public const string CharDevices = nameof(CharDevices);
}
