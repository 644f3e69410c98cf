using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Export;

/// <summary>A capability of the card's own.</summary>
[RegisterBlock(0x10)]
public sealed partial class SoundMailbox
{
    /// <summary>What is asked.</summary>
    [Register(0x04)] public partial uint Question { get; set; }
}
