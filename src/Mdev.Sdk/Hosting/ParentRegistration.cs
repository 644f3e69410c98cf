namespace Mdev.Sdk.Hosting;

/// <summary>A parent that a program has added, before the container has made it.</summary>
/// <param name="Name">Its name on the bus; the driver's if <see langword="null"/>.</param>
/// <param name="ParentType">The vendor's class.</param>
/// <param name="Make">Asks the container for it.</param>
internal sealed record ParentRegistration(string? Name, Type ParentType, Func<IServiceProvider, MdevParent> Make)
{
    /// <summary>The parent, by its name.</summary>
    public MdevParent MakeFrom(IServiceProvider services)
    {
        MdevParent parent = Make(services);
        if (Name is not null)
            parent.Name = Name;
        return parent;
    }
}
