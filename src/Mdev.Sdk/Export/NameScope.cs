using System.Globalization;

namespace Mdev.Sdk.Export;

/// <summary>Names that must differ: whoever comes later with a name gets a number behind it.</summary>
internal sealed class NameScope(StringComparer? comparer = null)
{
    private readonly HashSet<string> _taken = new(comparer ?? StringComparer.Ordinal);

    public string Take(string name)
    {
        string unique = name;
        for (int i = 2; !_taken.Add(unique); i++)
            unique = string.Create(CultureInfo.InvariantCulture, $"{name}_{i}");
        return unique;
    }
}
