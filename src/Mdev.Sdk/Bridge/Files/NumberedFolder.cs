using System.Globalization;
using Mdev.Sdk.Bridge.Fuse;

namespace Mdev.Sdk.Bridge.Files;

/// <summary>A folder whose names are numbers from 0, each made when it is first looked for. Thread-safe.</summary>
/// <param name="count">How many.</param>
/// <param name="make">Makes one; <see langword="null"/> where a number has none.</param>
internal sealed class NumberedFolder(uint count, Func<uint, FuseNode?> make) : FuseDirectory
{
    private readonly Lock _gate = new();
    private readonly Dictionary<uint, FuseNode?> _nodes = [];

    public override FuseNode? Find(string name) =>
        uint.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) && number < count && NameOf(number) == name
            ? At(number)
            : null;

    public override IReadOnlyList<string> List()
    {
        var names = new List<string>();
        for (uint number = 0; number < count; number++)
        {
            if (At(number) is not null)
                names.Add(NameOf(number));
        }
        return names;
    }

    private FuseNode? At(uint number)
    {
        lock (_gate)
        {
            if (!_nodes.TryGetValue(number, out FuseNode? node))
                _nodes.Add(number, node = make(number));
            return node;
        }
    }

    // One name a number: "00" is none.
    private static string NameOf(uint number) => number.ToString(CultureInfo.InvariantCulture);
}
