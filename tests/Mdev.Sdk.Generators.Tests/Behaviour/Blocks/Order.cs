using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

/// <summary>Orders and what became of them.</summary>
[BitFields(AccessWidth.Dword)]
public partial struct Order
{
    /// <summary>Starts, and sets itself back.</summary>
    [Bits(0, Access = Access.RW | Access.SelfClearing)] public partial bool Start { readonly get; set; }

    /// <summary>The <see cref="Blocks.Speed"/> to take.</summary>
    [Bits(5, 4, Reset = 2)] public partial Speed Speed { readonly get; set; }
    [Bits(15, 8, Access = Access.RO, Reset = 0x5a)] public partial byte Level { readonly get; set; }
    [Bits(16, Access = Access.RW1C)] public partial bool @event { readonly get; set; }
    [Bits(17, Access = Access.R | Access.RC)] public partial bool Seen { readonly get; set; }
    [Bits(18, Access = Access.RW | Access.Once)] public partial bool Lock { readonly get; set; }
    [Bits(31, 24)] public partial Events Few { readonly get; set; }
}
