using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Mdev.Sdk.Hosting;

/// <summary>Adds parents to a host; made by <see cref="MdevServiceCollectionExtensions.AddMdev"/>.</summary>
/// <remarks>Adding the same again changes nothing, so that libraries may each add what they need.</remarks>
public sealed class MdevBuilder
{
    internal MdevBuilder(IServiceCollection services) => Services = services;

    /// <summary>The program's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Adds a parent under its driver's name. The container makes it, with what its constructor asks for.</summary>
    /// <typeparam name="TParent">The vendor's class; also a service of its own, for code that needs the parent itself.</typeparam>
    public MdevBuilder AddParent<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TParent>()
        where TParent : MdevParent
    {
        Services.TryAddSingleton<TParent>();
        _ = TryAdd(new(null, typeof(TParent), services => services.GetRequiredService<TParent>()));
        return this;
    }

    /// <summary>Adds a parent under a name of its own, so that there may be several of a class.</summary>
    /// <typeparam name="TParent">The vendor's class; also a service of its own, keyed by the name.</typeparam>
    /// <param name="name">Its name on the bus and in <c>Mdev:Parents</c>; the name of a file.</param>
    /// <param name="configure">What is said of it: the instances made at start.</param>
    /// <exception cref="ArgumentException">No name for a file, or a parent of another class has it.</exception>
    public MdevBuilder AddParent<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TParent>(
        string name, Action<MdevParentOptions>? configure = null)
        where TParent : MdevParent =>
        AddParent(name, services => ActivatorUtilities.CreateInstance<TParent>(services), configure);

    /// <summary>Adds a parent that takes more than services to make.</summary>
    /// <typeparam name="TParent">The vendor's class; also a service of its own, keyed by the name.</typeparam>
    /// <param name="name">Its name on the bus and in <c>Mdev:Parents</c>; the name of a file.</param>
    /// <param name="make">Makes it, once.</param>
    /// <param name="configure">What is said of it: the instances made at start.</param>
    /// <exception cref="ArgumentException">No name for a file, or a parent of another class has it.</exception>
    public MdevBuilder AddParent<TParent>(
        string name, Func<IServiceProvider, TParent> make, Action<MdevParentOptions>? configure = null)
        where TParent : MdevParent
    {
        ArgumentNullException.ThrowIfNull(make);
        if (!IsFileName(name))
            throw new ArgumentException($"'{name}' cannot be a parent's name: it is the name of files.", nameof(name));

        if (!TryAdd(new(name, typeof(TParent), services => services.GetRequiredKeyedService<TParent>(name))))
            return this;
        Services.TryAddKeyedSingleton<TParent>(name, (services, _) => make(services));
        Services.TryAddSingleton(services => services.GetRequiredKeyedService<TParent>(name));
        if (configure is not null)
            Services.Configure<MdevOptions>(options => configure(ParentOptionsOf(options, name)));
        return this;
    }

    /// <summary>Whether a parent can have this name: files and folders are called by it.</summary>
    internal static bool IsFileName(string name) =>
        !string.IsNullOrEmpty(name) && name is not ("." or "..") && !name.Contains('/') && !name.Contains('\0');

    private bool TryAdd(ParentRegistration added)
    {
        foreach (ServiceDescriptor service in Services)
        {
            if (service.IsKeyedService || service.ImplementationInstance is not ParentRegistration present)
                continue;
            if (present.Name == added.Name && present.ParentType == added.ParentType)
                return false;
            if (present.Name == added.Name && added.Name is not null)
            {
                throw new ArgumentException(
                    $"A parent named {added.Name} has been added already, a {present.ParentType.Name}; each parent has a name of its own.");
            }
        }
        Services.AddSingleton(added);
        return true;
    }

    private static MdevParentOptions ParentOptionsOf(MdevOptions options, string name)
    {
        if (!options.Parents.TryGetValue(name, out MdevParentOptions? said))
            options.Parents.Add(name, said = new MdevParentOptions());
        return said;
    }
}
