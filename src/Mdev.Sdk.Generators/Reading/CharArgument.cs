namespace Mdev.Sdk.Generators.Reading;

/// <summary>What the handler of an ioctl takes.</summary>
internal enum CharArgument
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The argument, as an integer.</summary>
    Value,

    /// <summary>A struct that the caller gives.</summary>
    In,

    /// <summary>A struct that he gets.</summary>
    Out,

    /// <summary>Both.</summary>
    InOut,

    /// <summary>The call itself.</summary>
    Call,
}
