using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Export;

/// <summary>A block as its addresses show it: what has one, and the data registers of index and data pairs.</summary>
internal static class BlockView
{
    /// <summary>All that has an address and is no inner block, by offset: also the data registers that lead into inner blocks.</summary>
    public static IReadOnlyList<RegisterInfo> RegistersOf(RegisterMap map)
    {
        IEnumerable<RegisterInfo> leading = map.Blocks.SelectMany(b => b.IndexData.Select(pair => DataOf(b, pair, 8 * (int)map.Info.Bus)));
        return [.. map.Registers.Where(r => r.IsPlaced).Concat(leading).OrderBy(r => r.Offset)];
    }

    /// <summary>Arrays that are only behind index and data pairs.</summary>
    public static IEnumerable<RegisterInfo> HiddenOf(RegisterMap map) => map.Registers.Where(r => !r.IsPlaced);

    /// <summary>The inner blocks that have an address.</summary>
    public static IEnumerable<InnerBlockInfo> BlocksOf(RegisterMap map) => map.Blocks.Where(b => b.IsPlaced);

    /// <summary>A register's name where two must not have one: a data register has that of its array otherwise.</summary>
    public static string NameOf(RegisterInfo register) => register.IndexData is null ? register.Name : register.Name + "Data";

    private static RegisterInfo DataOf(InnerBlockInfo inner, IndexDataInfo pair, int width) => new(inner.Name, pair.Offset, width, Access.RW)
    {
        AliasOf = inner.Name,
        IndexData = pair,
        Condition = pair.Condition,
    };
}
