using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>What the MSI-X table must know of the BARs.</summary>
internal sealed partial class PciMembers
{
    private readonly List<(int Bar, AttributeData Attribute, string Name, long First, long Size)> _blocks = [];

    /// <summary>The first line whose vector shows a capability; null without any.</summary>
    public AttributeData? Msi { get; private set; }

    /// <summary>The first BAR that nothing takes; negative if there is none.</summary>
    public int FreeBar()
    {
        for (int bar = 0; bar <= 5; bar++)
        {
            if (!_bars.ContainsKey(bar) && !IsUpperHalf(bar))
                return bar;
        }

        return -1;
    }

    public bool IsUpperHalf(int bar) => _wide.ContainsKey(bar - 1);

    /// <summary>What a declared BAR decodes; null for one that is not declared.</summary>
    public string? KindOf(int bar) => _bars.TryGetValue(bar, out AttributeData? attribute) && attribute.ConstructorArguments is [_, var kind]
        ? kind.EnumText()
        : null;

    /// <summary>What lies in a BAR: where it is declared, its property, first byte and size.</summary>
    public IEnumerable<(AttributeData Attribute, string Name, long First, long Size)> BlocksIn(int bar) =>
        _blocks.Where(b => b.Bar == bar).Select(b => (b.Attribute, b.Name, b.First, b.Size));
}
