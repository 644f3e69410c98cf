using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Export;

/// <summary>One voice.</summary>
[RegisterBlock(8)]
public sealed partial class SoundVoice
{
    [Register(0)] public partial uint Pitch { get; set; }
    [Register(4), Reserved(15, 8)] public partial ushort Volume { get; set; }
}
