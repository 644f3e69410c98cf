namespace Mdev.Tree.Tests.Parents;

/// <summary>A device whose attributes take their time, or take the device away.</summary>
public sealed class SlowDevice : IMdevAttributes, IDisposable
{
    public static SemaphoreSlim Entered { get; } = new(0);

    public static SemaphoreSlim MayLeave { get; } = new(0);

    public static Action? Ends { get; set; }

    public IReadOnlyList<MdevAttributeInfo> MdevAttributes { get; } = [new("value", true, false), new("end", false, true)];

    public string ShowAttribute(int index)
    {
        Entered.Release();
        MayLeave.Wait();
        return "done";
    }

    public void StoreAttribute(int index, string value) => Ends!();

    public void Dispose() { }
}
