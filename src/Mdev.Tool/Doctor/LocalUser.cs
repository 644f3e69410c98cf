using System.Globalization;
using Mdev.Sdk.Interop;

namespace Mdev.Tool.Doctor;

/// <summary>Another user of this machine, and what the mode bits let him open. Access lists are not looked at.</summary>
internal sealed record LocalUser(string Name, uint Id, IReadOnlySet<uint> Groups)
{
    /// <summary>Finds the first of some users that there is. Source: passwd(5), group(5).</summary>
    public static LocalUser? Find(string users, string groups, IReadOnlyList<string> names)
    {
        string[][] all = Read(users, 4);
        if (names.Select(name => all.FirstOrDefault(u => u[0] == name)).FirstOrDefault(u => u is not null) is not { } user
            || !TryParse(user[2], out uint id) || !TryParse(user[3], out uint first))
        {
            return null;
        }
        HashSet<uint> member = [first];
        foreach (string[] group in Read(groups, 4).Where(g => g[3].Split(',').Contains(user[0])))
        {
            if (TryParse(group[2], out uint number))
                member.Add(number);
        }
        return new LocalUser(user[0], id, member);
    }

    /// <summary>The first folder on the way, or the file itself, that keeps him from opening it for reading and writing.</summary>
    /// <returns><see langword="null"/> if nothing does.</returns>
    public string? FirstBarrierTo(string file)
    {
        const int Execute = 1, ReadAndWrite = 6;
        string[] parts = file.Split('/', StringSplitOptions.RemoveEmptyEntries);
        string path = "/";
        for (int i = 0; i <= parts.Length; i++)
        {
            bool isFile = i == parts.Length;
            if (!May(path, isFile ? ReadAndWrite : Execute))
                return path;
            if (!isFile)
                path = Path.Combine(path, parts[i]);
        }
        return null;
    }

    private bool May(string path, int needed)
    {
        if (Id == 0 || !FileOwner.TryGet(path, out FileOwner owner))
            return true;
        int shift = owner.User == Id ? 6 : Groups.Contains(owner.Group) ? 3 : 0;
        return ((owner.Mode >> shift) & needed) == needed;
    }

    private static string[][] Read(string file, int columns)
    {
        try
        {
            return [.. File.ReadLines(file).Select(line => line.Split(':')).Where(c => c.Length >= columns)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static bool TryParse(string text, out uint number) => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
