namespace Mdev.Sdk.Generators.Reading;

/// <summary>How a value becomes bytes.</summary>
internal enum SavedForm
{
    /// <summary>An integer or a character.</summary>
    Integer,
    Bool,
    Single,
    Double,

    /// <summary>An enum or a struct of bit fields: by way of an integer.</summary>
    Cast,
    Guid,
    String,
}
