using System.Globalization;

namespace Mdev.Sdk.Registers;

/// <summary>
/// The register map of a block as data: for dumps, exports, tools and tests. One object a block type, made when it is first asked
/// for; dispatch knows nothing of it.
/// </summary>
/// <example><code>foreach (RegisterInfo register in RegisterMap.Of&lt;EduRegisters&gt;().Registers) { }</code></example>
public sealed class RegisterMap
{
    /// <summary>A map; generated code makes it.</summary>
    /// <param name="info">What the block's attribute says.</param>
    /// <param name="description">The author's summary of the block's class.</param>
    /// <param name="registers">The block's own registers, by offset.</param>
    /// <param name="blocks">The blocks in it, by offset.</param>
    public RegisterMap(RegisterBlockInfo info, string description, RegisterInfo[] registers, InnerBlockInfo[] blocks) =>
        (Info, Description, Registers, Blocks) = (info, description, registers, blocks);

    /// <summary>What the block's attribute says.</summary>
    public RegisterBlockInfo Info { get; }

    /// <summary>The author's summary of the block's class; empty without one.</summary>
    public string Description { get; }

    /// <summary>The block's own registers and register arrays, by offset; then those without an address (<see cref="RegisterInfo.IsPlaced"/>).</summary>
    public IReadOnlyList<RegisterInfo> Registers { get; }

    /// <summary>The blocks in it, by offset; then those without an address (<see cref="InnerBlockInfo.IsPlaced"/>).</summary>
    public IReadOnlyList<InnerBlockInfo> Blocks { get; }

    /// <summary>The map of a block's class.</summary>
    /// <typeparam name="TBlock">A class with <see cref="RegisterBlockAttribute"/>.</typeparam>
    public static RegisterMap Of<TBlock>()
        where TBlock : IRegisterBlock => TBlock.Describe();

    /// <summary>The register of a name as <see cref="IRegisterBlock.NameAt"/> gives it: <c>Channels[3].Source</c>.</summary>
    /// <returns><see langword="null"/> if there is none; of several with one name, in banks, the first.</returns>
    public RegisterInfo? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);

        // First as it stands: an author may call a register anything.
        foreach (RegisterInfo register in Registers)
        {
            if (register.Name == name && register is { IsArray: false, IndexData: null })
                return register;
        }

        int dot = name.IndexOf('.', StringComparison.Ordinal);
        (string first, string? index) = Split(dot < 0 ? name : name[..dot]);
        if (dot < 0)
            return Registers.FirstOrDefault(r => r.Name == first && r.IsArray && index is not null && r.HasElement(index));
        return Blocks.FirstOrDefault(b => b.Name == first && (b.IsArray ? Number(index) < b.Count : index is null))?.Map.Find(name[(dot + 1)..]);
    }

    private static (string Name, string? Index) Split(string part)
    {
        int open = part.LastIndexOf('[');
        return open > 0 && part.EndsWith(']') ? (part[..open], part[(open + 1)..^1]) : (part, null);
    }

    private static int? Number(string? index) =>
        int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
