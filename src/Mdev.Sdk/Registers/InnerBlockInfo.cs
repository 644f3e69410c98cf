namespace Mdev.Sdk.Registers;

/// <summary>A block inside of another one, or an array of them: a property with <see cref="BlockAttribute"/>.</summary>
public sealed class InnerBlockInfo
{
    private readonly Func<RegisterMap> _map;

    private InnerBlockInfo(string name, uint offset, int count, uint stride, Func<RegisterMap> map) =>
        (Name, Offset, Count, Stride, _map) = (name, offset, count, stride, map);

    /// <summary>The property's name.</summary>
    public string Name { get; }

    /// <summary>Bytes from the start of the outer block to the first one. 0 without an address (<see cref="IsPlaced"/>).</summary>
    public uint Offset { get; }

    /// <summary>Whether it has an address: <see langword="false"/> for one that is only behind index and data pairs.</summary>
    public bool IsPlaced { get; init; } = true;

    /// <summary>When it is there, as <see cref="RegisterInfo.Condition"/>; empty if always. Index and data pairs have their own.</summary>
    public string Condition { get; init; } = "";

    /// <summary>Index and data pairs that reach it: each is a data register, as wide as the bus.</summary>
    public IReadOnlyList<IndexDataInfo> IndexData { get; init; } = [];

    /// <summary>Number of places; a device may fill fewer.</summary>
    public int Count { get; }

    /// <summary>Bytes from one place to the next; 0 for a block of its own.</summary>
    public uint Stride { get; }

    /// <summary>Whether it is an array of blocks, <c>Channels[0]</c> and on.</summary>
    public bool IsArray => Stride != 0;

    /// <summary>The author's summary; empty without one.</summary>
    public string Description { get; init; } = "";

    /// <summary>What is in one of them.</summary>
    public RegisterMap Map => _map();

    /// <summary>An inner block of a type; generated code calls it.</summary>
    /// <typeparam name="TBlock">The inner block's class.</typeparam>
    /// <param name="name">The property's name.</param>
    /// <param name="offset">Bytes from the start of the outer block to the first one.</param>
    /// <param name="count">Number of places.</param>
    /// <param name="stride">Bytes from one place to the next; 0 for a block of its own.</param>
    /// <param name="description">The author's summary.</param>
    /// <param name="condition">When it is there.</param>
    /// <param name="isPlaced">Whether it has an address.</param>
    /// <param name="indexData">Index and data pairs that reach it.</param>
    public static InnerBlockInfo Of<TBlock>(
        string name, uint offset, int count = 1, uint stride = 0, string description = "", string condition = "", bool isPlaced = true, params IndexDataInfo[] indexData)
        where TBlock : IRegisterBlock => new(name, offset, count, stride, static () => TBlock.Describe())
        {
            Description = description,
            Condition = condition,
            IsPlaced = isPlaced,
            IndexData = indexData,
        };

    /// <inheritdoc/>
    public override string ToString() => IsArray ? $"{Name}[{Count}]" : Name;
}
