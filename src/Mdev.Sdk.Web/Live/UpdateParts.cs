namespace Mdev.Sdk.Web.Live;

/// <summary>What an update consists of.</summary>
[Flags]
internal enum UpdateParts : byte
{
    /// <summary>The mode.</summary>
    Mode = 1,

    /// <summary>Lines of the register log.</summary>
    Log = 2,

    /// <summary>Changed tiles.</summary>
    Pixels = 4,
}
