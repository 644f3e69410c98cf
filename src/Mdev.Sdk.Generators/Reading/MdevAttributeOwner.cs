namespace Mdev.Sdk.Generators.Reading;

/// <summary>Whose attributes a class has.</summary>
internal enum MdevAttributeOwner
{
    /// <summary>An instance's: the class derives from VfioDevice, and its lock is held.</summary>
    Device,

    /// <summary>A parent's.</summary>
    Parent,

    /// <summary>A type's, if a parent has the class as its configuration; only the whole assembly shows that.</summary>
    Other,
}
