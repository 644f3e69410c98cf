namespace Mdev.Sdk.Tests.Bus;

/// <summary>A device of attributes alone: two numbers, a switch that is thrown by commands, and one whose reading fails.</summary>
internal sealed class ScratchInstance : IDisposable, IMdevAttributes
{
    public List<string> Stored { get; } = [];

    public int Left { get; set; }

    public int Right { get; set; }

    public HashSet<string> Assigned { get; } = [];

    public int Disposals { get; private set; }

    public Action? OnDispose { get; set; }

    public Action<string>? OnStore { get; set; }

    public IReadOnlyList<MdevAttributeInfo> MdevAttributes { get; } =
    [
        new("left", true, true), new("right", true, true), new("assign", false, true, "unassign"), new("unassign", false, true),
        new("shout", false, true), new("broken", true, false),
    ];

    public string ShowAttribute(int index) => index switch
    {
        0 => $"{Left}",
        1 => $"{Right}",
        _ => throw new InvalidOperationException("broken"),
    };

    public void StoreAttribute(int index, string value)
    {
        Stored.Add($"{MdevAttributes[index].Name}={value}");
        OnStore?.Invoke(value);
        switch (index)
        {
            case 0:
                Left = int.Parse(value, System.Globalization.CultureInfo.InvariantCulture);
                break;
            case 1:
                Right = int.Parse(value, System.Globalization.CultureInfo.InvariantCulture);
                break;
            case 2:
                if (!Assigned.Add(value))
                    throw new MdevException(Errno.EADDRINUSE, $"{value} is assigned.");
                break;
            case 3:
                Assigned.Remove(value);
                break;
            case 4 when value == "fail":
                throw new InvalidOperationException("cannot");
        }
    }

    public void Dispose()
    {
        Disposals++;
        OnDispose?.Invoke();
    }
}
