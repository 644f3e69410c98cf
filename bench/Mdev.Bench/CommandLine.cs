using System.Globalization;

namespace Mdev.Bench;

/// <summary>What bench/run was asked for; it says so itself in <c>bench/run --help</c>.</summary>
internal sealed class CommandLine
{
    public const int WrongUsage = 2;

    private readonly List<string> _peers = [];
    private uint _region;
    private ulong _offset;

    public bool IsQuick { get; private set; }

    public string? Only { get; private set; }

    public string? RawFile { get; private set; }

    public IReadOnlyList<Peer> Peers => [.. _peers.Select(peer => new Peer(peer, _region, _offset))];

    /// <returns>What was asked for; <see langword="null"/> for something there is not, which has been said.</returns>
    public static CommandLine? Parse(string[] args, string[] names)
    {
        var line = new CommandLine();
        string? mistake = null;
        var words = new Queue<string>(args);
        while (mistake is null && words.TryDequeue(out string? option))
        {
            if (option == "--quick")
                line.IsQuick = true;
            else
                mistake = words.TryDequeue(out string? value) ? line.Take(option, value, names) : $"{option} is no option, or lacks its value";
        }

        if (mistake is null)
            return line;
        Console.Error.WriteLine($"bench: {mistake}; see bench/run --help");
        return null;
    }

    // Returns what is wrong.
    private string? Take(string option, string value, string[] names)
    {
        switch (option)
        {
            case "--only" when names.Contains(value):
                Only = value;
                return null;
            case "--only":
                return $"there is no figure '{value}', only {string.Join(", ", names)}";
            case "--raw":
                RawFile = value;
                return null;
            case "--peer" when File.Exists(value):
                _peers.Add(Path.GetFullPath(value));
                return null;
            case "--peer":
                return $"there is no program {value}";
            case "--peer-region" when uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _region):
                return null;
            case "--peer-offset" when ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _offset):
                return null;
            default:
                return $"unknown option {option} {value}";
        }
    }
}
